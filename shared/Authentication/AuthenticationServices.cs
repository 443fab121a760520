using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Alga.Extensions.Authentication;

/// <summary>Registration of this project.</summary>
public static class AuthenticationServices
{
    /// <summary>Adds <see cref="ICallerAuthenticator"/>.</summary>
    public static IServiceCollection AddCallerAuthentication(this IServiceCollection services, AuthenticationOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<ICallerAuthenticator, CallerAuthenticator>();
        return services;
    }
}
