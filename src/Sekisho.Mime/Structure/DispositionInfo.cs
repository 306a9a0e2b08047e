namespace Sekisho.Mime;

/// <summary>Content-Disposition (RFC 2183) and the file name, wherever it stands.</summary>
internal sealed record DispositionInfo(string? Name, string? FileName)
{
    public static DispositionInfo Read(MimeEntity entity)
    {
        string? name = null;
        string? fileName = null;
        if (entity.Headers.First("Content-Disposition") is { } field)
        {
            var value = field.Unfolded;
            var semicolon = value.IndexOf(';');
            name = (semicolon < 0 ? value : value[..semicolon]).Trim().ToLowerInvariant();
            name = name.Length == 0 ? null : name;
            if (ParameterReader.Read(value).TryGetValue("filename", out var given) && given.Length > 0)
            {
                fileName = given;
            }
        }

        if (fileName is null && entity.Parameters.TryGetValue("name", out var typeName) && typeName.Length > 0)
        {
            fileName = typeName;
        }

        return new DispositionInfo(name, fileName);
    }
}
