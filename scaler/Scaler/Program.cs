using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Scaler;
using Alga.Extensions.Telemetry;
using Microsoft.AspNetCore.Builder;

if (args is [HealthProbe.Argument]) return await HealthProbe.RunAsync(8081, "/healthz");

try
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddScaler(ScalerOptions.Read(builder.Configuration));
    await using var app = builder.Build();
    app.MapScaler();
    await app.RunAsync();
    return 0;
}
catch (ConfigurationException exception)
{
    return exception.Report(Console.Error);
}
