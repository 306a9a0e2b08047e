using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Bench.Correspondence;

/// <summary>Addresses somebody wrote who meant another: the ways to miss, and the crowded places to miss in.</summary>
internal static class Slips
{
    private const int MostAnswers = 32;

    /// <summary>Questions by what is wrong with the address. Every second is the busiest writer's, whose own contacts are the most.</summary>
    public static IEnumerable<(string What, List<(AlikeQuestion Question, string Meant)> Asked)> All(World world, int questions)
    {
        yield return ("a letter missing, at a company", Ask(id => !World.IsFreemail(id), id => (world.LocalOf(id).Remove(2, 1), world.DomainOf(id), "")));
        yield return ("a letter missing, at a provider", Ask(World.IsFreemail, id => (world.LocalOf(id).Remove(2, 1), world.DomainOf(id), "")));
        yield return ("a wrong letter, at a provider", Ask(World.IsFreemail, id => (Wrong(world.LocalOf(id)), world.DomainOf(id), "")));
        yield return ("a wrong letter in the domain", Ask(id => !World.IsFreemail(id), id => (world.LocalOf(id), Wrong(world.DomainOf(id)), "")));
        yield return ("info@ a company nobody knows", Ask(_ => true, id => ("info", $"unheard-of-{id}.test", "")));
        yield return ("a name thousands have", Ask(id => id % 7 == 0, id => ($"private{id}", "elsewhere.test", World.NameOf(id))));

        List<(AlikeQuestion Question, string Meant)> Ask(Func<int, bool> wanted, Func<int, (string Local, string Domain, string Name)> miss)
        {
            var dice = new Dice(77);
            var asked = new List<(AlikeQuestion Question, string Meant)>(questions);
            while (asked.Count < questions)
            {
                var id = world.Outside(dice);
                if (wanted(id) && miss(id) is var (local, domain, name) && EmailAddress.TryParse($"{local}@{domain}", out var address))
                {
                    var writer = asked.Count % 2 == 0 ? 1 : 1 + (int)(world.Inside * dice.Next());
                    asked.Add((new AlikeQuestion(world.KeyOf(writer), address, World.Now) { Name = name, Most = MostAnswers }, world.KeyOf(id)));
                }
            }

            return asked;
        }
    }

    /// <summary>The letter in the middle is another.</summary>
    private static string Wrong(string text) => text[..(text.Length / 2)] + (text[text.Length / 2] == 'x' ? 'y' : 'x') + text[((text.Length / 2) + 1)..];
}
