using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Authentication;

/// <summary>Finds out who calls.</summary>
public interface ICallerAuthenticator
{
    /// <summary>
    /// The caller; <see cref="ErrorCode.Unauthenticated"/> when the token is missing or not valid;
    /// <see cref="ErrorCode.Overloaded"/> when the issuer's keys cannot be had now.
    /// </summary>
    ValueTask<Outcome<Caller>> AuthenticateAsync(HttpRequest request, CancellationToken cancellationToken);
}
