using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Secrets;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// Interface <c>secrets</c>: capability <c>secrets.get</c>, and then only what the version declares. Every value that is
/// given out is known to the log from then on.
/// </summary>
internal sealed class SecretsCalls(InvocationContext context, InvocationDeadline deadline, InstallSecrets secrets, KnownSecrets known, ILogger logger) : ISecretsCalls
{
    private static readonly HostError<SecretsErrorKind> Unavailable = new(SecretsErrorKind.Unavailable, "Secrets cannot be read now. Try again.");

    public HostResult<string, SecretsErrorKind> Get(string name)
    {
        if (context.FindDenial(Capability.SecretsGet) is { } denial) return Denied(denial);
        if (context.Secrets.FirstOrDefault(secret => secret.Name == name) is not { } grant)
        {
            return Denied($"This version declares no such secret. Add {{ \"name\": {Quoted(name)}, ... }} to \"secrets\" in manifest.json.");
        }

        return Guard(async cancellationToken =>
        {
            var found = await secrets.FindAsync(context.TenantId, context.InstallId, name, cancellationToken).ConfigureAwait(false);
            if (found is null) return Error<string>(SecretsErrorKind.Missing, $"Secret \"{name}\" has no value. Ask the tenant's admin to set it.");
            known.Add(found.Value);
            return found.FindExpiry(grant, secrets.Now) is { } expiry ? Error<string>(SecretsErrorKind.Expired, expiry) : found.Value;
        });
    }

    public HostResult<IReadOnlyList<string>, SecretsErrorKind> GetNames()
    {
        if (context.FindDenial(Capability.SecretsGet) is { } denial) return Denied(denial);
        if (context.Secrets.Count == 0) return Array.Empty<string>();
        return Guard<IReadOnlyList<string>>(async cancellationToken =>
        {
            var stored = await secrets.ListAsync(context.TenantId, context.InstallId, cancellationToken).ConfigureAwait(false);
            return stored.Where(name => context.Secrets.Any(secret => secret.Name == name)).ToArray();
        });
    }

    /// <summary>This thread has nothing else to do; an end of its own keeps a silent database or vault from holding it.</summary>
    private HostResult<T, SecretsErrorKind> Guard<T>(Func<CancellationToken, Task<HostResult<T, SecretsErrorKind>>> read)
    {
        var left = deadline.Left < InstallSecrets.MaxCallTime ? deadline.Left : InstallSecrets.MaxCallTime;
        if (left <= TimeSpan.Zero) return Unavailable;
        using var timeout = new CancellationTokenSource(left);
        try
        {
            return read(timeout.Token).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is SecretUnavailableException || DatabaseFaults.IsUnavailable(exception))
        {
            HostApis.Log.SecretsUnavailable(logger, context.RequestId, context.ExtensionId, exception);
            return Unavailable;
        }
    }

    private HostError<SecretsErrorKind> Denied(string reason)
    {
        HostApis.Log.Denied(logger, context.RequestId, context.ExtensionId, reason);
        return new HostError<SecretsErrorKind>(SecretsErrorKind.Denied, reason);
    }

    private static HostResult<T, SecretsErrorKind> Error<T>(SecretsErrorKind kind, string message) => new HostError<SecretsErrorKind>(kind, message);

    /// <summary>A name that could be one, else nothing of it: the text may be a value passed by mistake.</summary>
    private static string Quoted(string name) =>
        name.Length <= 64 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-') ? $"\"{name}\"" : "\"...\"";
}
