namespace Sekisho.Inspection;

/// <summary>Which elements of a document repeat: known only after a first reading.</summary>
internal sealed class XmlShape
{
    /// <summary>Deeper elements and more kinds of them are not told apart; nobody's records nest so.</summary>
    private const int MaxDepth = 100;
    private const int MaxNodes = 5000;

    private int _nodes;
    private int _below;
    private long _instances;
    private Node _at;

    public XmlShape() => _at = Root;

    /// <summary>What stands above the outermost element.</summary>
    public Node Root { get; } = new(null, 0);

    /// <summary>All elements of one name at one place.</summary>
    internal sealed class Node(Node? parent, int depth)
    {
        private readonly Dictionary<string, Node> _children = new(StringComparer.Ordinal);

        public Node? Parent { get; } = parent;

        public int Depth { get; } = depth;

        /// <summary>Stands more than once in one and the same parent.</summary>
        public bool Repeats { get; private set; }

        /// <summary>Its elements are rows.</summary>
        public bool IsRecord { get; private set; }

        public IReadOnlyCollection<Node> Children => _children.Values;

        /// <summary>Number of the element that is open.</summary>
        public long Instance { get; set; }

        private long ParentInstance { get; set; } = -1;

        public Node? Find(string name) => _children.GetValueOrDefault(name);

        public Node Add(string name) => _children[name] = new Node(this, Depth + 1);

        public void Seen()
        {
            Repeats |= ParentInstance == Parent!.Instance;
            ParentInstance = Parent.Instance;
        }

        /// <summary>Judges what is below first. A row has two kinds of values, or one that repeats; a lone value that repeats is a cell of its row.</summary>
        public (int Leaves, bool Repeated) Judge()
        {
            if (_children.Count == 0)
            {
                return (1, Repeats);
            }

            var leaves = 0;
            var repeated = false;
            foreach (var child in _children.Values)
            {
                var (below, again) = child.Judge();
                leaves += child.IsRecord ? 0 : below;
                repeated |= !child.IsRecord && again;
            }

            IsRecord = Repeats && (leaves >= 2 || repeated);
            return (leaves, repeated || Repeats);
        }
    }

    public void Begin(string name)
    {
        var node = _below > 0 ? null : _at.Find(name);
        if (node is null)
        {
            if (_below > 0 || _at.Depth >= MaxDepth || _nodes >= MaxNodes)
            {
                _below++;
                return;
            }

            _nodes++;
            node = _at.Add(name);
        }

        node.Seen();
        node.Instance = ++_instances;
        _at = node;
    }

    public void End()
    {
        if (_below > 0)
        {
            _below--;
        }
        else
        {
            _at = _at.Parent ?? _at;
        }
    }

    public void Judge() => Root.Judge();
}
