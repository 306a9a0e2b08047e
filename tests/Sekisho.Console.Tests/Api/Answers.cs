using System.Net;
using System.Text.Json;

namespace Sekisho.Pages.Tests.Api;

/// <summary>Reading what the API answers.</summary>
internal static class Answers
{
    /// <summary>The JSON of an answer that must be good.</summary>
    public static async Task<JsonElement> JsonAsync(this HttpClient client, string path)
        => await OkAsync(await client.GetAsync(path));

    /// <summary>The JSON of an answer that must be good.</summary>
    public static async Task<JsonElement> OkAsync(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    /// <summary>The problem of an answer that must be one.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement.Clone();
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        return problem;
    }

    public static StringContent Body(object value) => new(JsonSerializer.Serialize(value, JsonSerializerOptions.Web), System.Text.Encoding.UTF8, "application/json");
}
