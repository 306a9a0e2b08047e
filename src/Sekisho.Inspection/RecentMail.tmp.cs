namespace Sekisho.Inspection;
public sealed class RecentMail : IRecentMail { public RecentMailAnswer Note(RecentMailNote note) => new([], [], 0, 0); }
