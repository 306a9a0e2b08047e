namespace Sekisho.Inspection;

/// <content>Paragraphs, cells and rows.</content>
internal sealed partial class RtfReader
{
    /// <summary>Text tells whether a table goes on: its paragraphs say so themselves.</summary>
    private void EnsureCell()
    {
        if (_asides > 0)
        {
            return;
        }

        if (!_group.InTable)
        {
            EndTable();
            return;
        }

        if (!_inTable)
        {
            _inTable = true;
            blocks.BeginTable();
            blocks.BeginRow();
        }

        if (!_inCell)
        {
            _inCell = true;
            blocks.BeginCell();
        }
    }

    private void Paragraph()
    {
        Flush();
        if (_group.Target == Target.Text && !_group.HtmlOnly)
        {
            if (_asides == 0 && !_group.InTable)
            {
                EndTable();
            }

            blocks.Break();
        }
    }

    private void Cell()
    {
        Flush();
        if (_group.Target != Target.Text)
        {
            return;
        }

        if (_asides > 0)
        {
            blocks.Append("\t");
            return;
        }

        _group.InTable = true;
        EnsureCell();
        blocks.EndCell();
        _inCell = false;
    }

    private void Row()
    {
        Flush();
        if (_group.Target != Target.Text || _asides > 0 || !_inTable)
        {
            return;
        }

        if (_inCell)
        {
            blocks.EndCell();
            _inCell = false;
        }

        blocks.EndRow();
        blocks.BeginRow();
    }

    private void EndTable()
    {
        if (!_inTable || _asides > 0)
        {
            return;
        }

        if (_inCell)
        {
            blocks.EndCell();
        }

        blocks.EndRow();
        blocks.EndTable();
        _inTable = _inCell = false;
    }
}
