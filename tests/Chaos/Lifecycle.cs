using Alga.Extensions.Services;

namespace Alga.Extensions.Chaos;

/// <summary>What publisher and admin do meanwhile: new versions, upgrades, revocations. The install keeps the one capability that it was granted first.</summary>
internal sealed class Lifecycle(Stack stack, Journal journal, Random random)
{
    private readonly List<string> revocable = [];
    private int latest;

    private string Current => $"1.0.{latest}";

    /// <summary>Publishes and installs the first version.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await stack.PublishAsync(Current, cancellationToken);
        await stack.DoAsync(cancellationToken, "install", Stack.Extension, "--version", Current, "--grant", "storage.kv", "--token-file", stack.TokenFile("ada"));
    }

    /// <summary>Takes the next step, and says which.</summary>
    public async Task<string> StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            return revocable.Count > 0 && random.Next(2) == 0
                ? await RevokeAsync(cancellationToken)
                : await UpgradeAsync(cancellationToken);
        }
        catch (ServiceException exception)
        {
            // Part of the schedule: what it wanted from is down, and it is tried again with a later step.
            return "a step of the lifecycle was refused: " + exception.Message.Split('\n')[0];
        }
    }

    private async Task<string> UpgradeAsync(CancellationToken cancellationToken)
    {
        var version = $"1.0.{latest + 1}";
        await stack.PublishAsync(version, cancellationToken);
        var before = Current;
        latest++;
        await stack.DoAsync(cancellationToken, "upgrade", Stack.Extension, "--version", version, "--grant", "storage.kv", "--token-file", stack.TokenFile("ada"));
        revocable.Add(before);
        return $"upgraded from {before} to {version}";
    }

    private async Task<string> RevokeAsync(CancellationToken cancellationToken)
    {
        var version = revocable[random.Next(revocable.Count)];
        await stack.DoAsync(cancellationToken, "revoke", Stack.Extension, "--version", version, "--reason", "Chaos.", "--token-file", stack.TokenFile("dev"));
        journal.Revoke(version);
        revocable.Remove(version);
        return $"revoked {version}";
    }
}
