using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using QRCoder;

namespace Sekisho.Pages.SignIn;

/// <summary>A QR code as an <c>svg</c> element: one path, no style, nothing loaded.</summary>
internal static class QrPicture
{
    /// <summary>The picture of a text; <paramref name="title"/> is read out instead of it.</summary>
    public static IHtmlContent Of(string text, string title)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var size = data.ModuleMatrix.Count;
        var path = new StringBuilder();
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                if (data.ModuleMatrix[y][x])
                {
                    path.Append('M').Append(x).Append(' ').Append(y).Append("h1v1h-1z");
                }
            }
        }

        // White behind it in both colour schemes: cameras want dark on light.
        return new HtmlString($"""<svg role="img" aria-label="{HtmlEncoder.Default.Encode(title)}" viewBox="0 0 {size} {size}" width="232" height="232" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path fill="#000" d="{path}"/></svg>""");
    }
}
