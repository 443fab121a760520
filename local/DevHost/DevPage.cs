using System.Text.Json.Nodes;
using Alga.Extensions.Platform.Services;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Platform.Steps;

namespace Alga.Extensions.DevHost;

/// <summary>The demo host's <c>config.json</c>: the page follows what is installed.</summary>
internal static class DevPage
{
    public static Task WriteAsync(PlatformServices services, StateFolder state, CancellationToken cancellationToken)
    {
        var config = new JsonObject
        {
            ["gatewayBase"] = "/api",
            ["runnerPublicBase"] = services.RunnerUrl,
            ["tokenUrl"] = "/issuer/token",
            ["users"] = new JsonArray([.. new[] { DemoUser.Ada, DemoUser.Grace, DemoUser.Linus }.Select(user => JsonValue.Create(user.Email))]),
            ["follow"] = true,
        };
        return File.WriteAllTextAsync(state.DemoHostConfig, config.ToJsonString(), cancellationToken);
    }
}
