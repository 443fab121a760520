using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Gateway.UiTokens;

/// <summary>Who calls an extension: a user with a token of an issuer, or a page of the extension with one of ours.</summary>
internal sealed class GatewayCallers(ICallerAuthenticator authenticator, UiTokens tokens)
{
    /// <summary>The caller, and the only install that it may call; null for any of its tenant's.</summary>
    public async ValueTask<Outcome<(Caller Caller, Guid? OnlyInstall)>> AuthenticateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (UiTokens.IsCarriedBy(request))
        {
            return (await tokens.ReadAsync(request, cancellationToken)).TryGet(out var page, out var invalid) ? (page.Caller, page.InstallId) : invalid;
        }

        return (await authenticator.AuthenticateAsync(request, cancellationToken)).TryGet(out var caller, out var refusal) ? (caller, null) : refusal;
    }
}
