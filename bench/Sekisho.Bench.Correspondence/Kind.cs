namespace Sekisho.Bench.Correspondence;

/// <summary>Who is on the mail: people of one circle, nobody known, some who are on everything, people who have nothing to do with each other.</summary>
internal enum Kind
{
    Known,
    Unknown,
    Popular,
    Strangers,
}
