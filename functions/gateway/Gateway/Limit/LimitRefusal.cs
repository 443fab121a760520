using Alga.Extensions.Contracts;

namespace Alga.Extensions.Gateway.Limit;

/// <summary>Why a request is not let in.</summary>
/// <param name="Refusal"><c>rate_limited</c> or <c>quota_exceeded</c>.</param>
/// <param name="RetryAfter">When it may be worth trying again.</param>
internal sealed record LimitRefusal(Refusal Refusal, TimeSpan RetryAfter);
