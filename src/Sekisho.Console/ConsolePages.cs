using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Gateway;
using Sekisho.Storage;

namespace Sekisho.Pages;

/// <summary>
/// The console's first page: what the gateway does now, and its health for monitors. It shows counts only, no mail and no addresses,
/// because nobody signs in yet; deciding is done from the command line.
/// </summary>
public static class ConsolePages
{
    /// <summary>Adds <c>/</c>, <c>/healthz</c> (the process answers) and <c>/readyz</c> (the store answers).</summary>
    public static void Map(IEndpointRouteBuilder routes, GatewayHost gateway)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n"));
        routes.MapGet("/readyz", async (CancellationToken cancel) =>
        {
            try
            {
                await gateway.Store.CountsAsync(cancel).ConfigureAwait(false);
                return Results.Text("ready\n");
            }
            catch (StoreException e)
            {
                return Results.Text($"not ready: {e.Message}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
        routes.MapGet("/", async (HttpContext context, CancellationToken cancel) =>
        {
            var japanese = context.Request.Headers.AcceptLanguage.ToString().StartsWith("ja", StringComparison.OrdinalIgnoreCase);
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.CacheControl = "no-store";
            var counts = await gateway.Store.CountsAsync(cancel).ConfigureAwait(false);
            return Results.Text(Page(counts, gateway, japanese), "text/html; charset=utf-8");
        });
    }

    private static string Page(StoreCounts counts, GatewayHost gateway, bool japanese)
    {
        var rows = new (string En, string Ja, long Value)[]
        {
            ("Accepted", "受け付けたメール", counts.Submissions),
            ("Being inspected", "検査中", counts.Inspecting),
            ("On the way", "送信中", counts.Ready),
            ("Held for the sender", "送信者の確認待ち", counts.Held),
            ("Waiting for approval", "承認待ち", counts.Approval),
            ("Refused", "拒否", counts.Refused),
            ("Delivered", "送信済み", counts.Delivered),
            ("Bounced or expired", "不達・期限切れ", counts.Bounced + counts.Expired),
            ("Cancelled", "取り消し", counts.Cancelled),
        };
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <html lang="{{(japanese ? "ja" : "en")}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Sekisho</title>
            <style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#222}table{border-collapse:collapse;width:100%}
            th,td{padding:.4rem .6rem;border-bottom:1px solid #ccc;text-align:left}td{text-align:right;font-variant-numeric:tabular-nums}p{color:#555}</style></head>
            <body><h1>Sekisho 関所</h1><table>
            """);
        foreach (var (en, ja, value) in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{(japanese ? ja : en)}</th><td>{value:N0}</td></tr>");
        }

        page.Append("</table><p>");
        page.Append(japanese
            ? $"ポリシー {gateway.Config.Config.Policy.Version} ・ SMTP 接続 {gateway.OpenConnections} 件。保留中のメールは <code>sekisho held</code> で確認・判断できます。"
            : $"Policy {gateway.Config.Config.Policy.Version} · {gateway.OpenConnections} SMTP connections. Decide on waiting mail with <code>sekisho held</code>.");
        page.Append("</p></body></html>\n");
        return page.ToString();
    }
}
