using PatroniOps.Lab.Cli;

return await CommandLine.RunAsync(args);
