using System.Net;
using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.DemoHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

var builder = WebApplication.CreateSlimBuilder(args);
var faults = new ConfigurationFaults();
var options = DemoHostOptions.Read(builder.Configuration, faults);
try
{
    faults.ThrowIfAny();
}
catch (ConfigurationException exception)
{
    return exception.Report(Console.Error);
}

builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddHttpForwarder();
// Loopback only: the page lets anybody who reaches it act as a demo user.
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
await using var app = builder.Build();
app.MapDemoHost(options);
await app.RunAsync();
return 0;
