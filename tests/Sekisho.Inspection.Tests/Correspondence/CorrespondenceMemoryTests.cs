namespace Sekisho.Inspection.Tests;

public sealed class CorrespondenceMemoryTests : CorrespondenceContract
{
    protected override ICorrespondenceBook Open() => new Book();

    private sealed class Book : ICorrespondenceBook
    {
        private readonly CorrespondenceMemory _memory = new();

        public ICorrespondence Asked => _memory;

        public void Learn(params IReadOnlyList<LearntMail> mails)
        {
            foreach (var mail in mails)
            {
                _memory.Learn(mail);
            }
        }

        public void AddScore(string rule, int score) => _memory.AddScore(rule, score);

        public int Forget(string addressOrDomain) => _memory.Forget(addressOrDomain);

        public void Dispose()
        {
        }
    }

    [Fact]
    public void PastItsLimitOfPeople_ThoseUnseenForLongestAreForgotten_AndCounted()
    {
        var memory = new CorrespondenceMemory(maxPeople: 100);
        for (var i = 0; i < 1000; i++)
        {
            memory.Learn(Mail(Noon.AddMinutes(i), Me, "always@free.example", $"p{i}@free.example"));
        }

        Assert.InRange(memory.People, 80, 100);
        Assert.Equal(1002, memory.People + memory.Forgotten);
        var contacts = Look(memory, Noon.AddMinutes(1000), "always@free.example", "p999@free.example", "p0@free.example").Contacts;
        Assert.Equal(1000, contacts["always@free.example"].BySender);
        Assert.True(contacts.ContainsKey("p999@free.example"));
        Assert.False(contacts.ContainsKey("p0@free.example"));
    }

    [Fact]
    public void PastItsLimitOfMembers_TheOldestGatheringsAreForgotten_PeopleStay()
    {
        var memory = new CorrespondenceMemory(maxMembers: 100);
        for (var i = 0; i < 300; i++)
        {
            memory.Learn(Mail(Noon.AddMinutes(i), Me, "always@free.example", $"p{i}@free.example"));
        }

        Assert.Equal(302, memory.People);
        Assert.InRange(memory.Forgotten, 260, 280);
        var found = memory.GatheringsOf(["p0@free.example", "p299@free.example", "always@free.example"]);
        Assert.False(found.ContainsKey("p0@free.example"));
        Assert.Contains(Assert.Single(found["p299@free.example"]), found["always@free.example"]);
    }

    [Fact]
    public void ThreadsAreBoundedToo()
    {
        var memory = new CorrespondenceMemory(maxPeople: 10);
        for (var i = 0; i < 500; i++)
        {
            memory.Learn(Mail(Noon.AddMinutes(i), Me, "a@free.example") with { MessageId = $"{i}@home.example" });
        }

        Assert.InRange(memory.Forgotten, 440, 500);
        Assert.Null(Thread("0@home.example"));
        Assert.NotNull(Thread("499@home.example"));

        KnownThread? Thread(string id) => memory.Look(new CorrespondenceQuestion(Me, ["a@free.example"], Noon.AddDays(1)) { References = [id] }).Thread;
    }

    [Fact]
    public void AGatheringTooLargeForTheMemory_IsLeftOut_AndCounted()
    {
        var memory = new CorrespondenceMemory(maxMembers: 100);
        memory.Learn(Mail(Noon, Me, [.. Enumerable.Range(0, 50).Select(i => $"p{i}@free.example")]));
        Assert.Empty(memory.GatheringsOf(["p0@free.example"]));
        Assert.Equal(1, memory.Forgotten);
    }
}
