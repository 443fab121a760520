using Alga.Extensions.Contracts;
using Alga.Extensions.HttpEdge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Gateway;

/// <summary>What OPTIONS is told that no browser's preflight is.</summary>
internal static class MethodNotAllowed
{
    /// <summary>The answer, with <c>Allow</c>.</summary>
    public static IResult Answer(EdgeRequest edge, IReadOnlyList<string> methods) => new ProblemResult(Refuse(edge, methods));

    /// <summary>The refusal; sets <c>Allow</c>.</summary>
    public static Refusal Refuse(EdgeRequest edge, IReadOnlyList<string> methods)
    {
        var allowed = string.Join(", ", methods);
        edge.Http.HttpContext.Response.Headers.Allow = allowed;
        return new Refusal(ErrorCode.MethodNotAllowed, $"OPTIONS is for pages of origins that the gateway was told of. This path takes {allowed}.");
    }
}
