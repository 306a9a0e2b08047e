using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Gateway;
using Sekisho.Gateway.Administration;
using Sekisho.Pages.Access;
using Sekisho.Pages.Administration;
using Sekisho.Pages.Shell;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages.Admin;

/// <summary>States of the machine; nothing secret.</summary>
[Needs(Right.AdministerAll)]
public sealed class SystemModel(GatewayHost gateway, IMailIndex index, MachineState machine, TimeProvider time) : ConsolePage
{
    /// <summary>A door and its certificate.</summary>
    public sealed record Door(ListenerConfig Listener, DateTimeOffset? Until, int Days);

    /// <summary>The program's version.</summary>
    public static string Version { get; } = typeof(SystemModel).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>Where copies go.</summary>
    public RelayConfig Relay => gateway.Config.Config.Relay;

    /// <summary>Version of the policy.</summary>
    public string Policy => gateway.Config.Config.Policy.Version;

    /// <summary>The last answer that was no delivery.</summary>
    public DeliveryTrouble? Trouble => gateway.LastTrouble;

    /// <summary>Numbers.</summary>
    public StoreCounts Counts { get; private set; } = null!;

    /// <summary>Free bytes.</summary>
    public long Free => gateway.Store.Spool.FreeBytes;

    /// <summary>Sizes in the data directory.</summary>
    public IReadOnlyList<(string Name, long Bytes)> Sizes { get; private set; } = [];

    /// <summary>The configuration file.</summary>
    public ConfigOnDisk OnDisk { get; private set; } = null!;

    /// <summary>Changes the index is behind; null: it does not answer.</summary>
    public long? Behind { get; private set; }

    /// <summary>Doors.</summary>
    public IReadOnlyList<Door> Doors { get; private set; } = [];

    /// <summary>What is missing.</summary>
    public IReadOnlyList<string> Missing { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Counts = await gateway.Store.CountsAsync(cancel).ConfigureAwait(false);
        OnDisk = gateway.Keeper.Read();
        Doors = [.. gateway.Config.Config.Listeners.Select(DoorOf)];
        (Missing, Sizes) = await machine.ReadAsync(cancel).ConfigureAwait(false);
        try
        {
            Behind = (await index.SearchAsync(new MailQuery { Max = 1 }, cancel).ConfigureAwait(false)).Behind;
        }
        catch (Exception e) when (e is StoreException or IOException)
        {
            Behind = null;
        }
    }

    /// <summary>1.5 GB.</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} kB"),
    };

    /// <summary>What a TLS mode means.</summary>
    public static string TlsWord(TlsMode mode, Tongue tongue) => mode switch
    {
        TlsMode.None => tongue["never", "使用しない"],
        TlsMode.Opportunistic => tongue["where offered; the certificate is not checked", "対応していれば使用（証明書は検証しない）"],
        TlsMode.Required => tongue["required, certificate checked", "必須（証明書を検証）"],
        _ => tongue["from the first byte, certificate checked", "常時（証明書を検証）"],
    };

    private Door DoorOf(ListenerConfig listener)
    {
        if (listener.Certificate is null)
        {
            return new(listener, null, 0);
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(listener.Certificate);
            var until = new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
            return new(listener, until, (int)Math.Floor((until - time.GetUtcNow()).TotalDays));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return new(listener, null, 0);
        }
    }
}
