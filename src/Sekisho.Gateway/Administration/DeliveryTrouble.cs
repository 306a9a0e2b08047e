namespace Sekisho.Gateway.Administration;

/// <summary>When something could not be delivered at once, and the peer's words or the error.</summary>
public sealed record DeliveryTrouble(DateTimeOffset At, string Reply);
