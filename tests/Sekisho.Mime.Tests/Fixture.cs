namespace Sekisho.Mime.Tests;

/// <summary>A mail as some client writes it, from the Fixtures folder; line breaks are CRLF there already.</summary>
internal sealed record Fixture(string Name, byte[] Bytes)
{
    public static IReadOnlyList<Fixture> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures"), "*.eml")
            .Order(StringComparer.Ordinal)
            .Select(f => new Fixture(Path.GetFileNameWithoutExtension(f), File.ReadAllBytes(f))),
    ];

    public static MimeMessage Read(string name) => MimeMessage.Parse(All.Single(f => f.Name == name).Bytes);
}
