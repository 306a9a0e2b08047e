using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Sekisho.Incidents.Tests")]
