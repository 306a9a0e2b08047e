using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sekisho.Gateway;
using Sekisho.Pages.Access;

namespace Sekisho.Pages.Api;

/// <summary>Reads what a request asks, strictly: what is not understood is said with its place, never guessed.</summary>
internal static class Asked
{
    private const int MostText = 200;

    private static readonly JsonSerializerOptions s_strict = AnswerJson.Use(new JsonSerializerOptions(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, MaxDepth = 8 });

    /// <summary>Who asks; every route behind <see cref="Right"/> other than None has one.</summary>
    public static Visitor Visitor(HttpContext context) => context.Visitor() ?? throw new InvalidOperationException("the route lets nobody in without knowing him");

    /// <summary>True when a program's key was made for this; a browser session may look at whatever its owner may.</summary>
    public static bool HasScope(Visitor visitor, string scope) => visitor.TokenScopes?.Contains(scope) ?? scope == "read";

    /// <summary>Refuses a key that was not made for this.</summary>
    public static void NeedScope(Visitor visitor, string scope)
    {
        if (!HasScope(visitor, scope))
        {
            throw new Refusal(StatusCodes.Status403Forbidden, $"the key has no scope '{scope}'", "header Authorization", $"make a key with the scope '{scope}'");
        }
    }

    /// <summary>A whole number, or what holds without one.</summary>
    public static int Number(string? text, string where, int least, int most, int otherwise)
        => string.IsNullOrEmpty(text) ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw Refusal.Bad(where, $"'{Short(text)}' is no number from {least} to {most}", $"give a whole number, or leave it out for {otherwise}");

    /// <summary>A number of a row, or null.</summary>
    public static long? Row(string? text, string where)
        => string.IsNullOrEmpty(text) ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw Refusal.Bad(where, $"'{Short(text)}' is no number", "give what the answer before named");

    /// <summary>A moment (RFC 3339) or a day (UTC), or null.</summary>
    public static DateTimeOffset? Moment(string? text, string where)
        => string.IsNullOrEmpty(text) ? null
            : DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment
            : throw Refusal.Bad(where, $"'{Short(text)}' is no moment", "give one like 2026-01-31T09:00:00Z or 2026-01-31; a + in the offset is written %2B");

    /// <summary>A short text, or null.</summary>
    public static string? Text(string? text, string where)
        => string.IsNullOrEmpty(text) ? null
            : text.Length <= MostText ? text
            : throw Refusal.Bad(where, $"it is {text.Length} characters long", $"give at most {MostText}");

    /// <summary>One of an enumeration's words, or null.</summary>
    public static T? Word<T>(string? text, string where)
        where T : struct, Enum
        => string.IsNullOrEmpty(text) ? null : OneOf(text, where, Enum.GetValues<T>());

    /// <summary>One of the given words.</summary>
    public static T OneOf<T>(string? text, string where, params IReadOnlyList<T> words)
        where T : struct, Enum
    {
        foreach (var word in words)
        {
            if (Words.Of(word) == text)
            {
                return word;
            }
        }

        throw Refusal.Bad(where, $"'{Short(text ?? "")}' is none of its words", $"give one of {string.Join(", ", words.Select(Words.Of))}");
    }

    /// <summary>A body of JSON; members that are not known are refused, since a misspelt one would otherwise count for nothing.</summary>
    /// <param name="limit">Bytes it may have.</param>
    public static async Task<T> BodyAsync<T>(HttpContext context, long limit, CancellationToken cancel)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new Refusal(StatusCodes.Status415UnsupportedMediaType, "the body is not said to be JSON", "header Content-Type", "send Content-Type: application/json");
        }

        Limit(context, limit);
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, s_strict, cancel).ConfigureAwait(false) ?? throw Refusal.Bad("body", "it is null", "send an object");
        }
        catch (JsonException e)
        {
            throw Refusal.Bad($"body {e.Path ?? "$"}", e.LineNumber is { } line ? $"it does not fit what is expected there (line {line + 1})" : "it does not fit what is expected there", "see the schema in /openapi.json");
        }
    }

    /// <summary>Bounds the body before the first byte of it is read.</summary>
    public static void Limit(HttpContext context, long limit)
    {
        if (context.Request.ContentLength > limit)
        {
            throw new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}

/// <summary>The words of enumerations as the API writes them: <c>ReleaseIndividually</c> is <c>release-individually</c>.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum
        => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
