namespace Sekisho.Incidents;
