using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Gateway;
using Alga.Extensions.Gateway.Events;
using Alga.Extensions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.Services.AddGateway(GatewayOptions.Read(builder.Configuration));
    builder.Services.AddEventDispatcher();
    builder.Services.AddPlatformTelemetry(builder.Configuration, "gateway");
    await builder.Build().RunAsync();
    return 0;
}
catch (ConfigurationException exception)
{
    return exception.Report(Console.Error);
}
