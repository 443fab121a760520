using Alga.Extensions.Services;

namespace Alga.Extensions.Chaos;

/// <summary>What publisher and admin do meanwhile: new versions, upgrades, revocations. The install keeps the one capability that it was granted first.</summary>
internal sealed class Lifecycle(Stack stack, Journal journal, Random random)
{
    private readonly List<string> revocable = [];
    private int latest;
    private string installed = "1.0.0";

    private string Latest => $"1.0.{latest}";

    /// <summary>Publishes and installs the first version.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await stack.PublishAsync(Latest, cancellationToken);
        await stack.DoAsync(cancellationToken, "install", Stack.Extension, "--version", Latest, "--grant", "storage.kv", "--token-file", stack.TokenFile("ada"));
    }

    /// <summary>Takes the next step, and says which.</summary>
    public async Task<string> StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            return random.Next(3) switch
            {
                0 when revocable.Count > 0 => await RevokeAsync(cancellationToken),
                1 => await ReplaceAsync(cancellationToken),
                _ => await UpgradeAsync(cancellationToken),
            };
        }
        catch (ServiceException exception)
        {
            // Part of the schedule: what it wanted from is down, and it is tried again with a later step.
            return "a step of the lifecycle was refused: " + exception.Message.ReplaceLineEndings(" ");
        }
    }

    private async Task<string> UpgradeAsync(CancellationToken cancellationToken)
    {
        await PublishNextAsync(cancellationToken);
        var before = installed;
        await InstallLatestAsync(cancellationToken);
        revocable.Add(before);
        return $"upgraded from {before} to {installed}";
    }

    /// <summary>Revokes the version that serves; from then on nothing may, until the install has another one.</summary>
    private async Task<string> ReplaceAsync(CancellationToken cancellationToken)
    {
        await PublishNextAsync(cancellationToken);
        var before = installed;
        await RevokeAsync(before, cancellationToken);
        while (installed == before)
        {
            try
            {
                await InstallLatestAsync(cancellationToken);
            }
            catch (ServiceException) when (stack.IsRunning)
            {
                await Task.Delay(500, cancellationToken);
            }
        }

        return $"revoked {before} while it served, then upgraded to {installed}";
    }

    private async Task PublishNextAsync(CancellationToken cancellationToken)
    {
        // Counted first: one whose publish was lost on the way may be there all the same.
        latest++;
        await stack.PublishAsync(Latest, cancellationToken);
    }

    private async Task InstallLatestAsync(CancellationToken cancellationToken)
    {
        await stack.DoAsync(cancellationToken, "upgrade", Stack.Extension, "--version", Latest, "--grant", "storage.kv", "--token-file", stack.TokenFile("ada"));
        installed = Latest;
    }

    private async Task<string> RevokeAsync(CancellationToken cancellationToken)
    {
        var version = revocable[random.Next(revocable.Count)];
        await RevokeAsync(version, cancellationToken);
        revocable.Remove(version);
        return $"revoked {version}";
    }

    private async Task RevokeAsync(string version, CancellationToken cancellationToken)
    {
        await stack.DoAsync(cancellationToken, "revoke", Stack.Extension, "--version", version, "--reason", "Chaos.", "--token-file", stack.TokenFile("dev"));
        journal.Revoke(version);
    }
}
