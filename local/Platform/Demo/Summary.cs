using Alga.Extensions.Platform.Services;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Platform.Steps;
using Spectre.Console;

namespace Alga.Extensions.Platform.Demo;

/// <summary>What a person sees when everything runs.</summary>
internal static class Summary
{
    public static void Write(PlatformServices services, ServiceGroup group, StateFolder state, Greeting greeting, bool observe)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Service", "Address", "Process", "Log");
        foreach (var service in group.Running.OrderBy(service => service.Ports[0]))
        {
            var scheme = service.Name switch { "postgres" => "postgres", "keyvault" => "https", _ => "http" };
            var addresses = string.Join('\n', service.Ports.Select(port => $"{scheme}://127.0.0.1:{port}"));
            table.AddRow(service.Name, addresses, $"{service.ProcessId}", Path.GetRelativePath(Environment.CurrentDirectory, state.Log(service.Name)));
        }

        AnsiConsole.WriteLine();
        AnsiConsole.Write(table);
        // Plain lines from here on: a wrapped command would not survive copying.
        Console.WriteLine("\nTenants and users (tokens in " + Path.GetDirectoryName(state.Token("any")) + ", renewed while this runs):");
        foreach (var user in DemoUser.All) Console.WriteLine($"  {user.Name,-6} {user.Email,-26} {user.About}");
        Console.WriteLine($"\nTry it; each tenant counts its own greetings:\n  {greeting.CurlLine(DemoUser.Ada)}\n  {greeting.CurlLine(DemoUser.Linus)}");
        Console.WriteLine($"\nTell Acme's extensions that a customer has another name; the sample Agreements follows it:\n  {greeting.EventCurlLine}");
        Console.WriteLine($"\nSee a user interface in the demo host:\n  {services.DemoHostUrl}");
        Console.WriteLine($"\nManage extensions in the admin app; sign in as any of the users above:\n  {services.AdminUrl}");
        if (observe) Console.WriteLine($"\nAsk for metrics and alerts:\n  {services.PrometheusUrl}");
        Console.WriteLine($"\nRunning at {services.GatewayUrl}. Ctrl-C stops everything; ./run --reset starts from nothing.");
    }
}
