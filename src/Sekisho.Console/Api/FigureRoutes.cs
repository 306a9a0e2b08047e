using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Pages.Access;
using Sekisho.Storage;

namespace Sekisho.Pages.Api;

/// <summary>Waiting times: a step of the distribution.</summary>
internal sealed record WaitingStep(int Seconds, long Count);

/// <summary>Waiting times of decided mail.</summary>
internal sealed record WaitingTimes([property: Description("How many were decided within so many seconds.")] IReadOnlyList<WaitingStep> UpTo, long Longer, double MedianSeconds);

/// <summary>Numbers of a span of time.</summary>
internal sealed record FigureAnswer(DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<HourFigures> Hours, IReadOnlyList<RuleFigures> Rules, WaitingTimes Waiting, IReadOnlyList<ApproverFigures> Approvers, long Behind);

/// <summary>A page of the audit trail.</summary>
internal sealed record EventItems(IReadOnlyList<EventItem> Items, [property: Description("Give it as 'before' for the next page; absent on the last.")] string? Next);

/// <summary>Who the key acts as.</summary>
internal sealed record MeAnswer(string Address, string Name, IReadOnlyList<string> Roles,
    [property: Description("Whose mail the roles reach; empty: everybody's.")] IReadOnlyList<string> Reach,
    [property: Description("What the key is for; absent for a browser session.")] IReadOnlyList<string>? Scopes);

/// <summary>Figures, audit trail, and who asks.</summary>
internal static class FigureRoutes
{
    private static readonly TimeSpan s_most = TimeSpan.FromDays(400);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/figures", FiguresAsync).Says(Right.Figures, "figures", "Figures", "Mail by the hour, what each rule did and how often it was overruled, waiting times. At most 400 days; the last 7 without dates. Scope: read, and a role that sees figures of everybody.")
            .Produces<FigureAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/audit", AuditAsync).Says(Right.AuditTrail, "audit", "Audit trail", "Events, newest first, each with the hash that chains it to the one before. Scope: read, and a role that sees the trail of everybody.")
            .Produces<EventItems>().ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/me", Me).Says(Right.Known, "me", "Who the key acts as", "Address, roles and scopes. Any key may ask.").Produces<MeAnswer>();
    }

    private static async Task<FigureAnswer> FiguresAsync(HttpContext context, IMailIndex index, TimeProvider time,
        [Description("From this moment on; 7 days before 'until' without it.")] string? from, [Description("Up to this moment; now without it.")] string? until, CancellationToken cancel)
    {
        NeedWhole(Asked.Visitor(context));
        var end = Asked.Moment(until, "query until") ?? time.GetUtcNow();
        var begin = Asked.Moment(from, "query from") ?? end.AddDays(-7);
        if (begin >= end || end - begin > s_most)
        {
            throw Refusal.Bad("query from", "the span is empty or longer than 400 days", "choose a 'from' before 'until', at most 400 days");
        }

        var figures = await index.FiguresAsync(begin, end, cancel).ConfigureAwait(false);
        return new FigureAnswer(begin, end, figures.Hours, figures.Rules,
            new([.. figures.Waiting.UpTo.Select(w => new WaitingStep(w.Seconds, w.Count))], figures.Waiting.Longer, figures.Waiting.MedianSeconds), figures.Approvers, figures.Behind);
    }

    private static async Task<EventItems> AuditAsync(HttpContext context, IMailIndex index,
        [Description("Only events of this kind.")] string? kind, [Description("Only events before this number ('next' of the page before).")] string? before, [Description("Rows wanted, 1 to 200; 50 without it.")] string? max, CancellationToken cancel)
    {
        NeedWhole(Asked.Visitor(context));
        var most = Asked.Number(max, "query max", 1, 200, 50);
        var events = await index.EventsAsync(Asked.Text(kind, "query kind"), Asked.Row(before, "query before"), most, cancel).ConfigureAwait(false);
        return new EventItems([.. events.Select(EventItem.Of)], events.Count == most ? events[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static MeAnswer Me(HttpContext context)
    {
        var visitor = Asked.Visitor(context);
        return new MeAnswer(visitor.Address, visitor.Name, visitor.Roles, visitor.Scopes, visitor.TokenScopes);
    }

    /// <summary>Sums and the trail are of everybody's mail; whose roles reach only a part of it must not read the rest out of them.</summary>
    private static void NeedWhole(Visitor visitor)
    {
        if (visitor.Scopes.Count > 0)
        {
            throw new Refusal(StatusCodes.Status403Forbidden, "your roles reach a part of the organisation; this is about all of it", "path", "use a key of somebody whose roles are not limited");
        }
    }
}
