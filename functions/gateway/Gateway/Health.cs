using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Gateway;

/// <summary>Whether the gateway is alive; it asks nothing of others, so that their outage does not end this process.</summary>
public static class Health
{
    /// <summary>Always 200.</summary>
    public static IResult Answer() => Results.Text("""{"status":"ok"}""", "application/json");
}
