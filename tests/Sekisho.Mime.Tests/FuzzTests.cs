using System.Text;

namespace Sekisho.Mime.Tests;

/// <summary>Random and mutated input through every target. A fixed seed here; a million cases with SEKISHO_LONG=1.</summary>
public sealed class FuzzTests
{
    private static readonly byte[][] Fragments =
    [
        .. ((string[])
        [
            "\r\n", "\n", "\r", "\0", "\r\n\r\n", "\r\n ", "\r\n\t", ":", ",", ";", "<", ">", "@", "\"", "\\", "(", ")", "[", "]", "=?", "?=",
            "=?utf-8?B?", "=?iso-2022-jp?Q?", "=?x-unknown?q?", "a@example.com", "<b@example.com>", "\"x, y\" <c@example.com>", "To: ", "Cc:", "From ",
            "From: ", "Subject: ", "Content-Type: ", "multipart/mixed; boundary=b", "message/rfc822", "text/plain; charset=", "multipart/digest; boundary=\"b\"",
            "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "Content-Disposition: attachment; filename*0*=utf-8''%E3",
            "--b\r\n", "--b--\r\n", "--", "=E3=81", "=\r\n", "=", "44GT44KT", "==", "begin 644 x\r\n", "\x1b$B", "\x1b(B", "\x1b$(D", "\x1b(I", "shift_jis", "utf-7", "+MEI-",
            "\x95\x5C", "\x8F\xB0\xA1", "\xE3\x81\x82", "\xEF\xBC\xA0", "\xC0", "filename=\"", "*1*=", "'", "%", "mailto:", "group:", ".",
        ]).Select(s => Encoding.Latin1.GetBytes(s)),
    ];

    private static int Cases => Environment.GetEnvironmentVariable("SEKISHO_LONG") == "1" ? 1_000_000 : 4_000;

    public static TheoryData<string> Targets => ["message", "addresses", "edit", "decode"];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Random_bytes_never_throw(string target) => Run(target, 1, static (random, _) => Noise(random));

    [Theory]
    [MemberData(nameof(Targets))]
    public void Soups_of_syntax_never_throw(string target) => Run(target, 2, static (random, _) => Soup(random));

    [Theory]
    [MemberData(nameof(Targets))]
    public void Mutated_mails_never_throw(string target)
    {
        var mails = Fixture.All.Select(f => f.Bytes).Where(b => b.Length < 20_000).ToArray();
        Assert.NotEmpty(mails);
        Run(target, 3, (random, i) => Mutate(random, mails[i % mails.Length]));
    }

    private static void Run(string target, int seed, Func<Random, int, byte[]> make)
    {
        var random = new Random(seed);
        var cases = Math.Max(1, Cases / 12);
        for (var i = 0; i < cases; i++)
        {
            var data = make(random, i);
            try
            {
                Invoke(target, data);
            }
            catch (Exception e)
            {
                Assert.Fail($"case {i}: {e}\n{Convert.ToBase64String(data)}");
            }
        }
    }

    private static void Invoke(string target, ReadOnlySpan<byte> data)
    {
        switch (target)
        {
            case "message":
                FuzzTargets.ReadMessage(data);
                break;
            case "addresses":
                FuzzTargets.ReadAddresses(data);
                break;
            case "edit":
                FuzzTargets.Edit(data);
                break;
            default:
                FuzzTargets.Decode(data);
                break;
        }
    }

    private static byte[] Noise(Random random)
    {
        var data = new byte[random.Next(200)];
        random.NextBytes(data);
        return data;
    }

    private static byte[] Soup(Random random)
    {
        var data = new List<byte>();
        for (var n = random.Next(60); n > 0; n--)
        {
            data.AddRange(Fragments[random.Next(Fragments.Length)]);
        }

        return [.. data];
    }

    private static byte[] Mutate(Random random, byte[] mail)
    {
        var data = new List<byte>(mail);
        for (var n = 1 + random.Next(8); n > 0; n--)
        {
            var at = random.Next(data.Count);
            switch (random.Next(5))
            {
                case 0:
                    data[at] = (byte)random.Next(256);
                    break;
                case 1:
                    data.RemoveRange(at, Math.Min(random.Next(40), data.Count - at));
                    break;
                case 2:
                    data.InsertRange(at, Fragments[random.Next(Fragments.Length)]);
                    break;
                case 3:
                    data.InsertRange(at, data.GetRange(at, Math.Min(random.Next(200), data.Count - at)));
                    break;
                default:
                    data.RemoveRange(at, data.Count - at);
                    break;
            }

            if (data.Count == 0)
            {
                break;
            }
        }

        return [.. data];
    }
}
