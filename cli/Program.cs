using Alga.Extensions.AlgaExt;

return await AlgaExtCommand.RunAsync(args, Console.Out, Console.Error);
