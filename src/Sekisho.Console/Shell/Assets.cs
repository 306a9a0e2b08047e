using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Pages.Access;

namespace Sekisho.Pages.Shell;

/// <summary>Style sheet, script and pictures, carried inside the program. Their address holds their digest, so a browser keeps them for good and never shows an old one.</summary>
public static class Assets
{
    private static readonly FrozenDictionary<string, (byte[] Bytes, string Type, string Tag)> s_files = Load();

    /// <summary>The address of one, e.g. <c>site.css</c>. Throws <see cref="KeyNotFoundException"/> when there is none.</summary>
    public static string Url(string name) => $"/assets/{name}?{s_files[name].Tag}";

    /// <summary>The text of one, for a page that must stand alone. Throws <see cref="KeyNotFoundException"/> when there is none.</summary>
    public static string Text(string name) => System.Text.Encoding.UTF8.GetString(s_files[name].Bytes);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/assets/{name}", (string name, HttpContext context) =>
    {
        if (!s_files.TryGetValue(name, out var file))
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(file.Bytes, file.Type);
    }).WithMetadata(new NeedsAttribute(Right.None));

    private static FrozenDictionary<string, (byte[] Bytes, string Type, string Tag)> Load()
    {
        var assembly = typeof(Assets).Assembly;
        var files = new Dictionary<string, (byte[] Bytes, string Type, string Tag)>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("assets/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var type = Path.GetExtension(resource) switch
            {
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".svg" => "image/svg+xml",
                _ => "application/octet-stream",
            };
            files.Add(resource["assets/".Length..], (bytes, type, Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]));
        }

        return files.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
