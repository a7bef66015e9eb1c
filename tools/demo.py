"""What `make demo` prints: both examples replayed, drawn and shown, and a sign-in link for each role.

The commands are those anybody can type; they run in this one process because starting it thirty times takes a while.
"""

import sys

from goodoffices import cli

BUNDLE, EXCHANGE = ".demo/rehearsal-plenary.zip", ".demo/rehearsal-sealed-papers.zip"
PRISONERS = ".demo/rehearsal-prisoners.zip"
ISTANBUL, EXERCISE = "examples/istanbul-2025.yaml", "examples/rehearsal.yaml"

SHOWN = [
    ("Replaying both examples", [["replay", ISTANBUL], ["replay", EXERCISE]]),
    ("Istanbul, 16 May 2025: the readout for the public", [["readout", "istanbul-2025", "first-meeting"]]),
    (
        "Istanbul: the meeting, for those at the table",
        [["readout", "istanbul-2025", "first-meeting", "--for", "plenary"]],
    ),
    ("Istanbul, as the host sees it", [["talks", "show", "istanbul-2025", "--as", "secretariat"]]),
    ("Istanbul, as Russia sees it", [["talks", "show", "istanbul-2025", "--as", "medinsky"]]),
    ("Istanbul, as Ukraine sees it", [["talks", "show", "istanbul-2025", "--as", "ukraine-foreign"]]),
    ("Istanbul: the rows of the source, and the entries that hold them", [["source-table", ISTANBUL]]),
    (
        "Istanbul: what is said and left open, and the accounts of the meeting side by side",
        [
            ["statements", "list", "istanbul-2025", "host-room", "--open"],
            ["statements", "accounts", "istanbul-2025", "host-room", "first-meeting"],
        ],
    ),
    ("The exercise: the readout for the public", [["readout", "rehearsal", "first-meeting"]]),
    ("The exercise, as the host sees it", [["talks", "show", "rehearsal", "--as", "tarrowin"]]),
    ("The exercise, as Kaldria sees it", [["talks", "show", "rehearsal", "--as", "velst"]]),
    ("The exercise, as Sulmere sees it", [["talks", "show", "rehearsal", "--as", "rusk"]]),
    ("The exercise, as the observer sees it", [["talks", "show", "rehearsal", "--as", "amory"]]),
    (
        "The exercise: its record handed out, and checked without the office",
        [["record", "export", "rehearsal", "plenary", "-o", BUNDLE], ["record", "verify", BUNDLE]],
    ),
    (
        "The exercise: two papers that opened together, checked without the office, and side by side",
        [
            ["record", "export", "rehearsal", "sealed-papers", "-o", EXCHANGE],
            ["exchange", "verify", EXCHANGE],
            ["conditions", "compare", "rehearsal", "sealed-papers"],
        ],
    ),
    (
        "The exercise: an exchange of prisoners (synthetic, every one), handed out and checked without the office",
        [["record", "export", "rehearsal", "prisoners", "-o", PRISONERS], ["record", "verify", PRISONERS]],
    ),
    ("The exercise: what is owed, and where it stands", [["commitments", "show", "rehearsal", "plenary"]]),
]

ROLES = {
    "Istanbul: the host's secretariat": "secretariat",
    "Istanbul: Russia": "medinsky",
    "Istanbul: Ukraine": "ukraine-foreign",
    "Istanbul: United States, in the format of three": "rubio",
    "Exercise: the host, Loravie": "tarrowin",
    "Exercise: Kaldria": "velst",
    "Exercise: Sulmere": "rusk",
    "Exercise: the observer, Circle of Free Ports": "amory",
    "Exercise: the guarantor, Virrin": "zeld",
    "Exercise: the intermediary of the exchange of prisoners": "lindemar",
}


def main(port: str) -> None:
    url = f"http://localhost:{port}"
    for heading, commands in SHOWN:
        print(f"\n\n== {heading}\n")
        for command in commands:
            run(*command)
    print("\n\n== Sign-in links, each good once\n")
    for role, account in ROLES.items():
        print(role)
        run("sign-in-link", account, "--url", url)
    print("A round of your own")
    run("account", "new", "mediator", "--url", url)
    print(f"The public, without signing in\n{url}/")


def run(*arguments: str) -> None:
    """One command, as if typed; what it refuses ends the demo."""
    sys.argv = ["goodoffices", *arguments]
    try:
        cli.main()
    except SystemExit as ended:
        if ended.code:
            raise


if __name__ == "__main__":
    main(sys.argv[1])
