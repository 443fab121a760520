using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Publish;

/// <summary>How many uploads one registry takes at the same time: each may put a bundle and a component on its disk. Thread-safe.</summary>
public sealed class UploadPlaces
{
    /// <summary>Most of one publisher.</summary>
    public const int OfPublisher = 4;

    /// <summary>Most of all publishers together: some 1.6 GB of disk.</summary>
    public const int OfAll = 16;

    private static readonly Refusal Full = new(ErrorCode.Overloaded, $"The registry takes {OfAll} uploads already, the most at one time; try again shortly.");

    private readonly Lock guard = new();
    private readonly Dictionary<string, int> taken = new(StringComparer.Ordinal);
    private int all;

    /// <summary>A place, to be disposed of at the upload's end; <c>overloaded</c> where there is none.</summary>
    /// <param name="publisher">Name of the publisher.</param>
    public Outcome<UploadPlace> Enter(string publisher)
    {
        lock (guard)
        {
            var its = taken.GetValueOrDefault(publisher);
            if (its >= OfPublisher) return new Refusal(ErrorCode.Overloaded, $"{publisher} uploads {OfPublisher} versions already, the most at one time; send this one when another is done.");
            if (all >= OfAll) return Full;
            taken[publisher] = its + 1;
            all++;
            return new UploadPlace(() => Leave(publisher));
        }
    }

    private void Leave(string publisher)
    {
        lock (guard)
        {
            all--;
            if (--taken[publisher] == 0) taken.Remove(publisher);
        }
    }
}

/// <summary>A place among the uploads; disposing of it gives it back, once.</summary>
public sealed class UploadPlace : IDisposable
{
    private Action? leave;

    internal UploadPlace(Action leave) => this.leave = leave;

    public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
}
