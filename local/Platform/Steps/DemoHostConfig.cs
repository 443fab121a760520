using System.Text.Json.Nodes;
using Alga.Extensions.Platform.Services;
using Alga.Extensions.Platform.State;

namespace Alga.Extensions.Platform.Steps;

/// <summary>The <c>config.json</c> of the demo host, as <c>apps/demo-host/README.md</c> describes it.</summary>
internal static class DemoHostConfig
{
    public static Task WriteAsync(PlatformServices services, StateFolder state, CancellationToken cancellationToken)
    {
        var config = new JsonObject
        {
            ["gatewayBase"] = "/api",
            ["runnerPublicBase"] = services.RunnerUrl,
            ["tokenUrl"] = "/issuer/token",
            ["users"] = new JsonArray([.. new[] { DemoUser.Ada, DemoUser.Grace, DemoUser.Linus }.Select(user => JsonValue.Create(user.Email))]),
        };
        return File.WriteAllTextAsync(state.DemoHostConfig, config.ToJsonString(), cancellationToken);
    }
}
