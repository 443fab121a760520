namespace Alga.Extensions.Chaos;

/// <summary>Something that callers must not see any more: a version that was revoked, an install or a capability that was taken away.</summary>
/// <param name="What">As in <see cref="Call.Saw"/>.</param>
/// <param name="From">When the registry had answered that it is gone.</param>
/// <param name="Bound">How long after that a request may still begin and see it.</param>
/// <param name="Until">When it began to be given again; null while it is not.</param>
internal sealed record Ban(string What, DateTimeOffset From, TimeSpan Bound, DateTimeOffset? Until)
{
    /// <summary>How long after the ban a request began that saw it all the same; null when it did not, or was allowed to.</summary>
    public TimeSpan? LatenessOf(Call call) =>
        call.Saw.Contains(What) && call.Started > From && (Until is not { } until || call.Ended < until) ? call.Started - From : null;
}
