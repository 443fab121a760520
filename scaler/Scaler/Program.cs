using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Scaler;
using Microsoft.AspNetCore.Builder;

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
