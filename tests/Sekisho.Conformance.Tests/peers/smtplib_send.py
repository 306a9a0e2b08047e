"""Sends messages with Python's own mail library. Arguments: host:port, mode, folder; writes the exact bytes sent to FOLDER/sent.eml."""
import os
import smtplib
import sys
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

host, port = sys.argv[1].rsplit(":", 1)
mode, folder = sys.argv[2], sys.argv[3]
sender, to = "hanako@corp.example", ["sato@partner.example.net"]
options, local_policy = [], policy.SMTP

if mode == "iso-2022-jp":
    message = MIMEText("佐藤様\n\nお世話になっております。\n", "plain", "iso-2022-jp")
    message["Subject"] = Header("お見積りの件", "iso-2022-jp")
    message["From"] = "%s <%s>" % (Header("山田花子", "iso-2022-jp").encode(), sender)
    message["To"] = "%s <%s>" % (Header("佐藤太郎", "iso-2022-jp").encode(), to[0])
    data = message.as_bytes(policy=policy.compat32.clone(linesep="\r\n"))
elif mode == "shift-jis-name":
    message = MIMEMultipart()
    message["Subject"], message["From"], message["To"] = "attachment", sender, to[0]
    message.attach(MIMEText("see attachment", "plain", "us-ascii"))
    # A picture by its first bytes: what is of no known kind would be held.
    part = MIMEApplication(b"\x89PNG\r\n\x1a\n" + os.urandom(3000))
    # The raw name in Shift_JIS, as old programs write it, and the same by RFC 2231.
    part.add_header("Content-Disposition", "attachment", filename=("shift_jis", "", "完成写真.png"))
    message.attach(part)
    data = message.as_bytes(policy=policy.compat32.clone(linesep="\r\n"))
elif mode == "8bitmime":
    message = EmailMessage(policy=policy.SMTP.clone(cte_type="8bit"))
    message["Subject"], message["From"], message["To"] = "eight bits", sender, to[0]
    message.set_content("ご確認ください。" * 5 + "\n", cte="8bit")
    data, options = message.as_bytes(), ["BODY=8BITMIME"]
elif mode == "smtputf8":
    to = ["佐藤@partner.example.net"]
    message = EmailMessage(policy=policy.SMTPUTF8)
    message["Subject"], message["From"], message["To"] = "件名 in UTF-8", sender, "佐藤太郎 <%s>" % to[0]
    message.set_content("本文\n", cte="8bit")
    data, options = message.as_bytes(), ["SMTPUTF8", "BODY=8BITMIME"]
else:
    sys.exit("unknown mode " + mode)

with open(os.path.join(folder, "sent.eml"), "wb") as out:
    out.write(data)
with smtplib.SMTP(host, int(port), timeout=30) as server:
    server.ehlo("python.example")
    refused = server.sendmail(sender, to, data, mail_options=options)
    sys.exit(1 if refused else 0)
