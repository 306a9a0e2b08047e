using System.Reflection;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Tests.Sqlite;

/// <summary>A million finished mails must cost the queues nothing: every query finds its rows by an index.</summary>
public sealed class QueryPlanTests : SqliteTest
{
    /// <summary>Queries that read a whole table because that is what they are for.</summary>
    private static readonly string[] s_whole =
    [
        "s_chain", // verification reads the trail from end to end
        "s_stops", // orders in force, a handful
        "s_dropNaming", // lessons of mail that waits, when somebody asks to be forgotten
        "s_people", "s_everybody", "s_gatherings", "s_threads", "s_contacts", "s_forgetting", // counted for whoever asks how much is known
    ];

    /// <summary>Queries over what waits, by the partial index that holds nothing else.</summary>
    private static readonly string[] s_overWaiting = ["s_states"];

    /// <summary>Queries that walk a table by its key, from one end, and stop where they are bounded.</summary>
    private static readonly string[] s_bounded = ["s_purgeableBodies", "s_head", "s_configurations", "s_clear", "s_next", "s_lastNumber"];

    [Fact]
    public async Task No_query_reads_a_table_from_end_to_end()
    {
        await using var store = await OpenAsync();
        using var database = SqliteDatabase.OpenWriter(DatabasePath);
        var queries = typeof(EmbeddedStore).Assembly.GetTypes()
            .Where(type => type == typeof(EmbeddedStore) || type == typeof(WriteTransaction) || (type.Namespace == "Sekisho.Storage.Correspondence" && type.Name != "CarriedOver"))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Query)).ToList();
        Assert.True(queries.Count > 50);
        foreach (var field in queries.Where(field => !s_whole.Contains(field.Name)))
        {
            foreach (var step in Plan(database, ((Query)field.GetValue(null)!).Sql))
            {
                var allowed = !step.Contains("SCAN", StringComparison.Ordinal)
                    || step.Contains("CONSTANT ROW", StringComparison.Ordinal)
                    || (s_overWaiting.Contains(field.Name) && step.Contains("delivery_work", StringComparison.Ordinal))
                    || s_bounded.Contains(field.Name);
                Assert.True(allowed, $"{field.Name}: {step}");
            }
        }
    }

    [Theory]
    [InlineData("AlikeSearch", "s_ofLocal", "person_local")]
    [InlineData("AlikeSearch", "s_ofLocalThere", "COVERING INDEX person_key")]
    [InlineData("AlikeSearch", "s_organisation", "COVERING INDEX person_key")]
    [InlineData("NearSpelling", "s_front", "COVERING INDEX person_key")]
    [InlineData("NearSpelling", "s_frontDown", "COVERING INDEX person_key")]
    [InlineData("NearSpelling", "s_back", "COVERING INDEX person_back")]
    [InlineData("NearSpelling", "s_backDown", "COVERING INDEX person_back")]
    [InlineData("NearSpelling", "s_frontDomain", "COVERING INDEX domain_front")]
    [InlineData("NearSpelling", "s_frontDomainDown", "COVERING INDEX domain_front")]
    [InlineData("NearSpelling", "s_backDomain", "COVERING INDEX domain_back")]
    [InlineData("NearSpelling", "s_backDomainDown", "COVERING INDEX domain_back")]
    [InlineData("AlikeSearch", "s_labelled", "domain_label")]
    [InlineData("Gatherings", "s_known", "gathering_digest")]
    [InlineData("Strands", "s_byTopic", "strand_topic")]
    [InlineData("OldAge", "s_gatherings", "gathering_month")]
    [InlineData("OldAge", "s_strands", "strand_month")]
    [InlineData("OldAge", "s_people", "person_month")]
    [InlineData("Forgetting", "s_dropTo", "contact_person")]
    [InlineData("AddressForms", "s_clear", "person_")]
    public async Task People_are_found_by_their_index(string type, string query, string index)
    {
        await using var store = await OpenAsync();
        using var database = SqliteDatabase.OpenWriter(DatabasePath);
        var field = typeof(EmbeddedStore).Assembly.GetType("Sekisho.Storage.Correspondence." + type)!.GetField(query, BindingFlags.Static | BindingFlags.NonPublic)!;
        Assert.Contains(index, string.Join('\n', Plan(database, ((Query)field.GetValue(null)!).Sql)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s_due", "delivery_work")]
    [InlineData("s_nextReady", "delivery_work")]
    [InlineData("s_othersLeases", "delivery_work")]
    [InlineData("s_held", "delivery_work")]
    [InlineData("s_haltable", "delivery_work")]
    [InlineData("s_sameRun", "delivery_work")]
    [InlineData("s_dueTimers", "delivery_timer")]
    [InlineData("s_nextTimer", "delivery_timer")]
    [InlineData("s_dueDeadlines", "delivery_deadline")]
    [InlineData("s_nextDeadline", "delivery_deadline")]
    [InlineData("s_votes", "vote_delivery")]
    [InlineData("s_eventsOf", "audit_submission")]
    [InlineData("s_recentNotes", "recent_at")]
    [InlineData("s_ownsFile", "submission_spool")]
    [InlineData("s_purgeableFiles", "submission_large")]
    public async Task Work_is_found_by_its_index(string query, string index)
    {
        await using var store = await OpenAsync();
        using var database = SqliteDatabase.OpenWriter(DatabasePath);
        var field = typeof(EmbeddedStore).GetField(query, BindingFlags.Static | BindingFlags.NonPublic)!;
        var plan = string.Join('\n', Plan(database, ((Query)field.GetValue(null)!).Sql));
        Assert.Contains(index, plan, StringComparison.Ordinal);
    }

    private static List<string> Plan(SqliteDatabase database, string sql)
    {
        var steps = new List<string>();
        var rows = database[new Query("EXPLAIN QUERY PLAN " + sql)];
        while (rows.Step())
        {
            steps.Add(rows.Text(3));
        }

        return steps;
    }
}
