using System.Globalization;
using System.Text;

namespace Alga.Extensions.Infrastructure.Tests.Scaling;

/// <summary>Draws load and replicas over time as SVG.</summary>
internal static class Drawing
{
    private const int Width = 800;
    private const int Height = 300;
    private const int Left = 50;
    private const int Bottom = 40;
    private const int Top = 40;

    public static string Draw(string title, IReadOnlyList<int> load, IReadOnlyList<(int Second, int InFlight, int Replicas)> history, int target)
    {
        var peak = Math.Max(load.Max(), history.Max(point => point.Replicas) * target);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"  <title>{title}</title>\n  <rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"  <text x=\"{Left}\" y=\"18\" fill=\"#1f5fa8\">in flight</text>\n  <text x=\"{Left + 80}\" y=\"18\" fill=\"#b3541e\">replicas, each good for {target}</text>\n");
        for (var step = 0; step <= 4; step++)
        {
            var value = peak * step / 4;
            svg.Append(CultureInfo.InvariantCulture, $"  <path d=\"M{Left} {Y(value):0.#}H{Width - 10}\" stroke=\"#ddd\"/>\n  <text x=\"{Left - 6}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{value}</text>\n");
        }

        for (var second = 0; second <= load.Count; second += 60)
        {
            svg.Append(CultureInfo.InvariantCulture, $"  <text x=\"{X(second):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{second / 60}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"  <text x=\"{Width - 10}\" y=\"{Height - 6}\" text-anchor=\"end\">minutes</text>\n");
        svg.Append("  <polyline fill=\"none\" stroke=\"#1f5fa8\" points=\"").AppendJoin(' ', load.Select((value, second) => Point(second, value))).Append("\"/>\n");
        svg.Append("  <polyline fill=\"none\" stroke=\"#b3541e\" stroke-width=\"2\" points=\"")
            .AppendJoin(' ', history.SelectMany(point => new[] { Point(point.Second, point.Replicas * target), Point(Math.Min(load.Count, point.Second + HpaSimulation.SyncSeconds), point.Replicas * target) }))
            .Append("\"/>\n</svg>\n");
        return svg.ToString();

        double X(int second) => Left + ((Width - 10.0 - Left) * second / load.Count);
        double Y(int value) => Height - Bottom - ((Height - Bottom - (double)Top) * value / peak);
        string Point(int second, int value) => string.Create(CultureInfo.InvariantCulture, $"{X(second):0.#},{Y(value):0.#}");
    }
}
