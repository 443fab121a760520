using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Install.State;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Alga.Extensions.Registry.Install;

/// <summary>The <c>If-Match</c> of a write: which state the admin had seen. Optional; without it the write always goes ahead.</summary>
public sealed record IfMatch
{
    private readonly IReadOnlyList<EntityTagHeaderValue> tags;

    private IfMatch(IReadOnlyList<EntityTagHeaderValue> tags) => this.tags = tags;

    /// <summary>Any state will do, even none.</summary>
    public static IfMatch None { get; } = new([]);

    /// <summary>Reads the header.</summary>
    public static Outcome<IfMatch> Read(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0) return None;
        if (!EntityTagHeaderValue.TryParseStrictList(header!, out var tags) || tags.Count == 0)
        {
            return new Refusal(ErrorCode.InvalidRequest, "If-Match is not a list of entity tags; send the ETag as you got it.");
        }

        return new IfMatch([.. tags]);
    }

    /// <summary>A refusal when the install is not in a state that was named.</summary>
    /// <param name="current">The install, null when there is none.</param>
    public Refusal? Check(InstallState? current) => Check(current?.ETag, "install");

    /// <summary>A refusal when something is not in a state that was named.</summary>
    /// <param name="current">Its strong entity tag with the quotation marks, null when it is not there.</param>
    /// <param name="thing">What it is, for people.</param>
    public Refusal? Check(string? current, string thing)
    {
        if (tags.Count == 0) return null;
        if (current is not null)
        {
            var actual = new EntityTagHeaderValue(current);
            foreach (var tag in tags)
            {
                if (tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(actual, useStrongComparison: true)) return null;
            }
        }

        return new Refusal(ErrorCode.PreconditionFailed, $"The {thing} is not in the state that If-Match names; read it again and repeat the change.");
    }
}
