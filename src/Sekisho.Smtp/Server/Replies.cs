namespace Sekisho.Smtp;

/// <summary>What the server session says of itself. One place, so that the wording and the codes can be read together.</summary>
internal static class Replies
{
    public static readonly SmtpReply Internal = new(451, "4.3.0", "Internal failure, try again later");
    public static readonly SmtpReply Full = new(452, "4.3.1", "Storage is full, try again later");

    public static readonly SmtpReply Bye = new(221, "2.0.0", "Bye");
    public static readonly SmtpReply Done = new(250, "2.0.0", "OK");
    public static readonly SmtpReply MailOk = new(250, "2.1.0", "Sender OK");
    public static readonly SmtpReply RecipientOk = new(250, "2.1.5", "Recipient OK");
    public static readonly SmtpReply StartData = new(354, null, "End data with <CR><LF>.<CR><LF>");
    public static readonly SmtpReply NotVerified = new(252, "2.0.0", "Cannot verify, send and see");
    public static readonly SmtpReply Help = new(214, "2.0.0", "EHLO MAIL RCPT DATA BDAT RSET NOOP VRFY STARTTLS AUTH QUIT\nSee RFC 5321");

    public static readonly SmtpReply Unknown = new(500, "5.5.1", "Command not recognised");
    public static readonly SmtpReply ControlCharacter = new(500, "5.5.2", "Control character in the command");
    public static readonly SmtpReply NotAscii = new(500, "5.5.2", "Only ASCII is allowed here");
    public static readonly SmtpReply LineTooLong = new(500, "5.5.2", "Line too long");
    public static readonly SmtpReply AuthLineTooLong = new(500, "5.5.6", "Authentication line too long");
    public static readonly SmtpReply BareLineBreak = new(500, "5.5.2", "Bare CR or LF: lines must end with CRLF");
    public static readonly SmtpReply NoExpand = new(502, "5.5.1", "EXPN is not offered");
    public static readonly SmtpReply NoChunking = new(502, "5.5.1", "BDAT is not offered");
    public static readonly SmtpReply NoArgument = new(501, "5.5.4", "This command takes no argument");
    public static readonly SmtpReply HeloSyntax = new(501, "5.5.4", "Say who you are: EHLO host.example.com");
    public static readonly SmtpReply VrfySyntax = new(501, "5.5.4", "Syntax: VRFY address");
    public static readonly SmtpReply ChunkSyntax = new(501, "5.5.4", "Syntax: BDAT size [LAST]");
    public static readonly SmtpReply HeloFirst = new(503, "5.5.1", "EHLO first");
    public static readonly SmtpReply MailFirst = new(503, "5.5.1", "MAIL first");
    public static readonly SmtpReply AlreadyMail = new(503, "5.5.1", "MAIL already given, RSET first");
    public static readonly SmtpReply NoRecipients = new(503, "5.5.1", "No valid recipients");
    public static readonly SmtpReply InChunks = new(503, "5.5.1", "Only BDAT or RSET now");
    public static readonly SmtpReply InTransaction = new(503, "5.5.1", "Not during a transaction");

    public static readonly SmtpReply TooManyRecipients = new(452, "4.5.3", "Too many recipients");
    public static readonly SmtpReply TooLarge = new(552, "5.3.4", "Message too large");
    public static readonly SmtpReply BrokenData = new(550, "5.6.11", "Message has a bare CR or LF; lines must end with CRLF");
    public static readonly SmtpReply TextLineTooLong = new(500, "5.6.0", "Message has a line that is too long");

    public static readonly SmtpReply TlsFirst = new(530, "5.7.0", "STARTTLS first");
    public static readonly SmtpReply AuthFirst = new(530, "5.7.0", "Authentication required");
    public static readonly SmtpReply ReadyForTls = new(220, "2.0.0", "Go ahead");
    public static readonly SmtpReply NoTls = new(502, "5.5.1", "STARTTLS is not offered");
    public static readonly SmtpReply AlreadyTls = new(503, "5.5.1", "TLS is already on");
    public static readonly SmtpReply PipelinedAfterTls = new(501, "5.5.1", "Nothing may follow STARTTLS before the handshake");

    public static readonly SmtpReply NoAuth = new(503, "5.5.1", "AUTH is not offered");
    public static readonly SmtpReply AuthNeedsTls = new(538, "5.7.11", "AUTH needs TLS, STARTTLS first");
    public static readonly SmtpReply AlreadyAuth = new(503, "5.5.1", "Already authenticated");
    public static readonly SmtpReply UnknownMechanism = new(504, "5.5.4", "Mechanism not offered");
    public static readonly SmtpReply AuthCancelled = new(501, "5.7.0", "Authentication cancelled");
    public static readonly SmtpReply AuthSyntax = new(501, "5.5.2", "Not valid base64 or not what the mechanism asks for");
    public static readonly SmtpReply AuthFailed = new(535, "5.7.8", "User name or password is wrong");
    public static readonly SmtpReply AuthUnavailable = new(454, "4.7.0", "Temporary authentication failure, try again later");
    public static readonly SmtpReply AuthOk = new(235, "2.7.0", "Authenticated");

    public static readonly SmtpReply Draining = new(421, "4.3.2", "Shutting down, try again later");
    public static readonly SmtpReply Idle = new(421, "4.4.2", "Timed out");
    public static readonly SmtpReply TooSlow = new(421, "4.4.2", "Data comes too slowly");
    public static readonly SmtpReply TooManyErrors = new(421, "4.7.0", "Too many errors");
    public static readonly SmtpReply TooManyTransactions = new(421, "4.7.0", "Enough for one session, connect again");
    public static readonly SmtpReply TooManyAuthFailures = new(421, "4.7.0", "Too many failed attempts");
    public static readonly SmtpReply Foreign = new(421, "4.7.0", "This is SMTP");
    public static readonly SmtpReply PipelinedAfterData = new(421, "4.7.0", "Nothing may follow DATA before its reply");
    public static readonly SmtpReply NotNow = new(421, "4.3.0", "Internal failure, try again later");

    /// <summary>What a failed receiver or sink means to the peer: always temporary (law 1).</summary>
    public static SmtpReply For(Exception e) => e is SmtpStorageFullException ? Full : Internal;

    /// <summary>A reply of the receiver that makes no sense on the wire is an internal failure, not something to guess at.</summary>
    public static SmtpReply Checked(SmtpReply reply) => reply.Code is >= 200 and < 300 or >= 400 and < 600 ? reply : Internal;
}
