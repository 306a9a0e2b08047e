using System.DirectoryServices.Protocols;
using System.Net;
using Sekisho.Mime;
using Sekisho.Policy;

namespace Sekisho.Pages.SignIn;

/// <summary>Somebody as the directory knows him.</summary>
/// <param name="Name">Distinguished name.</param>
/// <param name="Groups">Those his entry itself names (<c>memberOf</c>).</param>
internal sealed record LdapPerson(string Name, string? DisplayName, IReadOnlyList<string> Groups);

/// <summary>One conversation with the directory, as whoever may search it. Certificates are checked by libldap against its own trusted ones.</summary>
internal sealed class LdapDirectory : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    private readonly LdapConfig _config;
    private readonly LdapConnection _connection;

    /// <summary>Opens it. Throws <see cref="DirectoryException"/> when that cannot be done.</summary>
    public LdapDirectory(LdapConfig config)
    {
        _config = config;
        _connection = Open(config);
        try
        {
            _connection.AuthType = config.BindDn is null ? AuthType.Anonymous : AuthType.Basic;
            if (config.BindDn is null)
            {
                _connection.Bind();
            }
            else
            {
                _connection.Bind(new NetworkCredential(config.BindDn, config.BindPassword));
            }
        }
        catch (LdapException e)
        {
            _connection.Dispose();
            throw new LdapException(e.ErrorCode, e.ErrorCode == InvalidCredentials ? "it refuses the name and password of bind-dn" : Told(e), e);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    private const int InvalidCredentials = 49;

    /// <summary>Those with exactly this address; two are enough to know that it is not one.</summary>
    public IReadOnlyList<LdapPerson> Find(EmailAddress address)
    {
        var filter = $"({_config.MailAttribute}={LdapText.Escape(address.ToString())})";
        var request = new SearchRequest(_config.Base, filter, SearchScope.Subtree, _config.MailAttribute, "displayName", "cn", "memberOf") { SizeLimit = 2, TimeLimit = s_timeout };
        SearchResponse response;
        try
        {
            response = (SearchResponse)_connection.SendRequest(request, s_timeout);
        }
        catch (DirectoryOperationException e) when (e.Response is SearchResponse { ResultCode: ResultCode.SizeLimitExceeded } partial)
        {
            response = partial;
        }

        // The directory compares more loosely than mail does (blanks, widths); the address itself must be there.
        return [.. response.Entries.Cast<SearchResultEntry>()
            .Where(e => e.DistinguishedName.Length > 0 && Values(e, _config.MailAttribute).Any(v => EmailAddress.TryParse(v, out var his) && his.Equals(address)))
            .Select(e => new LdapPerson(e.DistinguishedName, Values(e, "displayName").Concat(Values(e, "cn")).FirstOrDefault(), Values(e, "memberOf")))];
    }

    /// <summary>The roles his groups give him.</summary>
    public IEnumerable<string> RolesOf(LdapPerson person)
        => _config.Groups.Where(g => person.Groups.Any(his => LdapText.SameName(his, g.Key)) || IsMember(g.Key, person.Name)).Select(g => g.Value).ToList();

    /// <summary>True when the directory lets him in. Throws <see cref="DirectoryException"/> when it cannot be asked.</summary>
    public static bool CanBind(LdapConfig config, string name, string password)
    {
        using var connection = Open(config);
        connection.AuthType = AuthType.Basic;
        try
        {
            connection.Bind(new NetworkCredential(name, password));
            return true;
        }
        catch (LdapException e) when (!IsDown(e.ErrorCode))
        {
            // Wrong, locked, run out, not allowed from here: the directory says no, and it says which only to its own administrator.
            return false;
        }
        catch (DirectoryOperationException e) when (e.Response?.ResultCode is not (ResultCode.Busy or ResultCode.Unavailable))
        {
            return false;
        }
    }

    public void Dispose() => _connection.Dispose();

    private static LdapConnection Open(LdapConfig config)
    {
        var connection = new LdapConnection(new LdapDirectoryIdentifier(config.Address.Host, config.Address.Port, fullyQualifiedDnsHostName: true, connectionless: false)) { AutoBind = false, Timeout = s_timeout };
        try
        {
            connection.SessionOptions.ProtocolVersion = 3;
            // A referral would carry the password to whatever server it names.
            connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
            if (config.Implicit)
            {
                connection.SessionOptions.SecureSocketLayer = true;
            }
            else if (config.StartTls)
            {
                Greet(connection);
                connection.SessionOptions.StartTransportLayerSecurity(null);
            }

            return connection;
        }
        catch (Exception e)
        {
            connection.Dispose();
            throw e is DirectoryException and not LdapException and not TlsOperationException ? e : new LdapException(Down, e is LdapException ldap ? Told(ldap) : $"TLS could not be begun: {e.Message}", e);
        }
    }

    /// <summary>The library begins TLS only on a line that is open, and opens it only for a request: one that asks for nothing, as nobody.</summary>
    private static void Greet(LdapConnection connection)
    {
        try
        {
            connection.SendRequest(new SearchRequest("", "(objectClass=*)", SearchScope.Base, "1.1") { TimeLimit = s_timeout }, s_timeout);
        }
        catch (DirectoryOperationException)
        {
            // A server that answers nothing before TLS has still answered.
        }
    }

    private const int Down = 81;

    private bool IsMember(string group, string person)
    {
        var name = LdapText.Escape(person);
        try
        {
            var request = new SearchRequest(group, $"(|(member={name})(uniqueMember={name}))", SearchScope.Base, "1.1") { SizeLimit = 1, TimeLimit = s_timeout };
            return ((SearchResponse)_connection.SendRequest(request, s_timeout)).Entries.Count > 0;
        }
        catch (DirectoryOperationException e) when (e.Response?.ResultCode == ResultCode.NoSuchObject)
        {
            return false;
        }
    }

    private static List<string> Values(SearchResultEntry entry, string attribute)
        => entry.Attributes[attribute] is { } values ? [.. values.GetValues(typeof(string)).Cast<string>()] : [];

    // Busy, unavailable, and what libldap says of a line that is down, slow or not secured.
    private static bool IsDown(int code) => code is 51 or 52 or Down or 82 or 85 or 91 or -1 or -5 or -11;

    private static string Told(LdapException e) => IsDown(e.ErrorCode) ? "it cannot be reached, or its certificate is not trusted" : e.Message;
}
