using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Gateway;
using Sekisho.Gateway.Hold;
using Sekisho.Gateway.Inspect;
using Sekisho.Pages.Access;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Api;

/// <summary>Waiting mail: what there is for the visitor, and deciding it.</summary>
internal static class HeldRoutes
{
    private const int MostReason = 2000;

    private static readonly DecisionKind[] s_kinds = [DecisionKind.Release, DecisionKind.ReleaseIndividually, DecisionKind.Cancel, DecisionKind.Approve, DecisionKind.Reject];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/held", ListAsync).Says(Right.SignedIn, "listHeld", "Waiting mail", "What waits and the key's owner may see, oldest first. Scope: read or decide.")
            .Produces<HeldPage>().ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/held/{id}", ShowAsync).Says(Right.SignedIn, "showHeld", "What waits of one mail", "Everything a decision needs, with the digest it must give back. Scope: read or decide.")
            .Produces<HeldMail>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/held/{deliveryId:long}/decide", DecideAsync).Says(Right.SignedIn, "decide", "Decide waiting mail",
                "Decides one delivery as the key's owner, on exactly what was shown. Law 4 holds as everywhere: a sender never releases what awaits approval, and a digest that no longer fits decides nothing. Scope: decide.")
            .Takes<DecideBody>("""{"kind":"release-individually","digest":"9f2c…"}""").Produces<Decided>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<HeldPage> ListAsync(HttpContext context, GatewayHost gateway, MailFinder mail,
        [Description("Continue after this ('next' of the page before).")] string? after, [Description("Rows wanted, 1 to 200; 50 without it.")] string? max, CancellationToken cancel)
    {
        var visitor = Asked.Visitor(context);
        var most = Asked.Number(max, "query max", 1, 200, 50);
        var found = await mail.WaitingAsync(visitor, Asked.Row(after, "query after"), most + 1, cancel).ConfigureAwait(false);
        var rows = found.Take(most).Select(f => new HeldRow(f.Held.Id, f.Held.Submission, f.Held.Sender, f.Held.Subject, f.Held.Recipients.Count, [.. f.Held.Recipients.Take(20)], Words.Of(f.Held.Action),
            f.Held.Rules, f.Held.Since, f.Held.Until, May(gateway.Config, visitor, f.Held, f.Detail.Submission.User))).ToList();
        return new HeldPage(rows, found.Count > most ? rows[^1].Id.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static async Task<HeldMail> ShowAsync(HttpContext context, GatewayHost gateway, MailFinder finder, [Description("The mail's name, 26 characters.")] string id, CancellationToken cancel)
    {
        var visitor = Asked.Visitor(context);
        var mail = await finder.FindAsync(visitor, id, cancel).ConfigureAwait(false);
        var submission = mail.Detail.Submission;
        return new HeldMail(submission.Id, submission.MailFrom, submission.Subject, submission.ReceivedAt, submission.Digest, [.. mail.Detail.Findings.Select(FindingJson.Of)],
            [.. mail.Waiting.Select(h => Part(gateway.Config, visitor, mail.Detail, h))]);
    }

    private static async Task<IResult> DecideAsync(HttpContext context, GatewayHost gateway, MailFinder finder, long deliveryId, CancellationToken cancel)
    {
        var visitor = Asked.Visitor(context);
        Asked.NeedScope(visitor, "decide");
        var body = await Asked.BodyAsync<DecideBody>(context, ApiRoutes.SmallBody, cancel).ConfigureAwait(false);
        var kind = Asked.OneOf(body.Kind, "body $.kind", s_kinds);
        if (body.Reason is { Length: > MostReason })
        {
            throw Refusal.Bad("body $.reason", $"it is {body.Reason.Length} characters long", $"give at most {MostReason}");
        }

        if (kind == DecisionKind.Reject && string.IsNullOrWhiteSpace(body.Reason))
        {
            throw Refusal.Bad("body $.reason", "a rejection without a reason helps nobody", "say why");
        }

        await finder.FindByDeliveryAsync(visitor, deliveryId, cancel).ConfigureAwait(false);
        var request = new DecisionRequest(deliveryId, kind, visitor.Address, body.Digest) { Reason = body.Reason, Remove = body.Remove ?? [], KeepWaiting = body.KeepWaiting ?? [], For = body.For };
        var answer = await gateway.Desk.DecideAsync(request, cancel).ConfigureAwait(false);
        return answer.Result switch
        {
            DecisionResult.Done or DecisionResult.Counted => TypedResults.Ok(new Decided(Words.Of(answer.Result), answer.Told)),
            DecisionResult.NotFound => throw Refusal.NotFound("waiting mail"),
            DecisionResult.NotAllowed => throw new Refusal(StatusCodes.Status403Forbidden, answer.Told.En, "body", "see 'may' in GET /api/held/{id}"),
            DecisionResult.AlreadyDecided => throw new Refusal(StatusCodes.Status409Conflict, answer.Told.En, "path", "see GET /api/mail/{id} for what became of it"),
            _ => throw new Refusal(StatusCodes.Status409Conflict, answer.Told.En, "body $.digest", "look again with GET /api/held/{id}, and decide on what it shows now"),
        };
    }

    private static HeldPart Part(EffectiveConfig config, Visitor visitor, SubmissionDetail detail, HeldDelivery held)
        => new(held.Id, held.DecisionDigest, Words.Of(held.Action), held.Rules, held.Recipients, held.Since, held.Until, held.Stopped,
            May(config, visitor, held, detail.Submission.User),
            held.Action != PolicyAction.Approve ? null : new HeldApproval(held.Approvers, held.Terms.Needed, [.. held.Votes.Select(v => new HeldVote(v.By, v.For, v.At))], held.Deadline, Words.Of(held.Terms.Then), held.Escalated));

    private static List<string> May(EffectiveConfig config, Visitor visitor, HeldDelivery held, string? submitter)
        => visitor.TokenScopes is { } scopes && !scopes.Contains("decide") ? [] :
            [.. s_kinds.Where(k => Fits(held.Action, k) && Entitlement.Objection(config, held, submitter, visitor.Address, k) is null).Select(Words.Of)];

    private static bool Fits(PolicyAction action, DecisionKind kind) => (action, kind) switch
    {
        (_, DecisionKind.Cancel) => true,
        (PolicyAction.Hold, DecisionKind.Release or DecisionKind.ReleaseIndividually) => true,
        (PolicyAction.Approve, DecisionKind.Approve or DecisionKind.Reject) => true,
        _ => false,
    };
}
