namespace Sekisho.Policy.Tests;

public sealed class PasswordHashTests
{
    [Fact]
    public void A_password_fits_its_own_hash_alone()
    {
        var hash = PasswordHash.Create("correct horse", 1000);

        Assert.True(PasswordHash.Verify("correct horse", hash));
        Assert.False(PasswordHash.Verify("correct horsf", hash));
        Assert.False(PasswordHash.Verify("", hash));
        Assert.NotEqual(hash, PasswordHash.Create("correct horse", 1000));
    }

    [Fact]
    public void The_standard_cost_is_the_one_in_use_today()
        => Assert.StartsWith("$pbkdf2-sha256$600000$", PasswordHash.Create("x"));

    // PBKDF2-HMAC-SHA-256 of "passwordPASSWORDpassword" with a salt of 36 octets and 4,096 iterations: the SHA-256 form of RFC 6070's fifth vector.
    [Fact]
    public void The_derivation_is_the_published_one()
    {
        var hash = "$pbkdf2-sha256$4096$" + Convert.ToBase64String("saltSALTsaltSALTsaltSALTsaltSALTsalt"u8)
            + "$" + Convert.ToBase64String(Convert.FromHexString("348c89dbcbd32b2f32d814b8116e84cf2b17347ebc1800181c4e2a1fb8dd53e1"));

        Assert.True(PasswordHash.Verify("passwordPASSWORDpassword", hash));
        Assert.False(PasswordHash.Verify("passwordPASSWORDpasswore", hash));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("$pbkdf2-sha256$1000$c2FsdHNhbHQ=$c2hvcnQ=")]
    [InlineData("$pbkdf2-sha256$1$c2FsdHNhbHQ=$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("$pbkdf2-sha256$999999999$c2FsdHNhbHQ=$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("$pbkdf2-sha256$-1000$c2FsdHNhbHQ=$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("$pbkdf2-sha1$1000$c2FsdHNhbHQ=$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("$pbkdf2-sha256$1000$?$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void What_is_no_hash_fits_nothing(string? hash)
    {
        Assert.False(PasswordHash.IsWellFormed(hash));
        Assert.False(PasswordHash.Verify("secret", hash));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_password_that_could_never_be_sent_is_refused(string password) => Assert.Throws<ArgumentException>(() => PasswordHash.Create(password, 1000));
}
