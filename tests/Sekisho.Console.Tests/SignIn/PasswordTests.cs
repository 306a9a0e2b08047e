using System.Buffers.Binary;
using Sekisho.Pages.Shell;
using Sekisho.Pages.SignIn;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.SignIn;

public sealed class PasswordTests
{
    private static Account With(string? hash) => new() { Address = "me@inside.example", PasswordHash = hash, CreatedAt = default };

    [Fact]
    public async Task The_hash_is_format_3_with_HMAC_SHA_512_and_600_000_iterations()
    {
        var hash = new Passwords().Hash(House.Password);
        var bytes = Convert.FromBase64String(hash);
        Assert.Equal((1, 2u, 600_000u), (bytes[0], BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(1)), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5))));
        Assert.Equal((true, null), await new Passwords().VerifyAsync(With(hash), House.Password, CancellationToken.None));
    }

    [Fact]
    public async Task A_cheaper_hash_is_renewed_when_the_password_is_right()
    {
        var cheap = new Passwords(1000).Hash(House.Password);
        var (right, renewed) = await new Passwords(2000).VerifyAsync(With(cheap), House.Password, CancellationToken.None);
        Assert.True(right);
        Assert.Equal((true, null), await new Passwords(2000).VerifyAsync(With(renewed), House.Password, CancellationToken.None));
        Assert.Equal((false, null), await new Passwords(2000).VerifyAsync(With(cheap), House.Password + "x", CancellationToken.None));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no hash at all")]
    [InlineData("AAAA")]
    public async Task What_is_no_hash_fits_nothing(string? hash)
        => Assert.Equal((false, null), await new Passwords(1000).VerifyAsync(With(hash), House.Password, CancellationToken.None));

    [Theory]
    [InlineData("eleven char", false)]
    [InlineData("twelve chars", true)]
    [InlineData("パスワードは日本語でもよい", true)]
    [InlineData("😀😁😂😃😄😅", false)]
    [InlineData(" ME@inside.example ", false)]
    [InlineData("abababababababab", false)]
    public void Length_counts_characters_and_the_address_is_no_password(string password, bool good)
        => Assert.Equal(good, Passwords.Objection(password, "me@inside.example", new Tongue(Japanese: true)) is null);

    [Fact]
    public void A_thousand_characters_pass_and_one_more_does_not()
    {
        var text = string.Concat(Enumerable.Repeat("abcde", 200));
        Assert.Null(Passwords.Objection(text, "me@inside.example", new Tongue(Japanese: false)));
        Assert.NotNull(Passwords.Objection(text + "f", "me@inside.example", new Tongue(Japanese: false)));
    }
}
