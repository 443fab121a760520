using System.Text;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>What one commit may hold.</summary>
internal static class CommitRules
{
    /// <summary>Null, or what to change.</summary>
    public static string? FindFault(IReadOnlyList<StorageChange> changes)
    {
        if (changes.Count > StorageLimits.MaxChanges) return $"A commit has at most {StorageLimits.MaxChanges} changes.";
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var bytes = 0;
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            var fault = change.Write is { } write
                ? StorageRules.FindWriteFault(write)
                : StorageRules.FindKeyFault(change.Key) ?? StorageRules.FindRevisionFault(change.IfRevision);
            if (fault is not null) return $"Change {i + 1}: {fault}";
            if (!keys.Add(change.Key)) return $"Change {i + 1}: another change of this commit has the same key.";
            bytes += change.Write is null ? 0 : Encoding.UTF8.GetByteCount(change.Write.Value);
        }

        return bytes > StorageLimits.MaxCommitBytes ? $"The values of a commit have at most {StorageLimits.MaxCommitBytes} bytes together." : null;
    }
}
