// CommandLineTools
