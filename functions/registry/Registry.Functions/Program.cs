using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Registry;
using Alga.Extensions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.Services.AddPlatformTelemetry(builder.Configuration, "registry");
    builder.Services.AddRegistry(RegistryOptions.Read(builder.Configuration));
    builder.Build().Run();
    return 0;
}
catch (ConfigurationException exception)
{
    return exception.Report(Console.Error);
}
