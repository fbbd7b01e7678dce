"""`loopwell migrate`: are the tables those of this version?"""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Creates and changes tables; harmless when nothing is to be done."


def run(args: argparse.Namespace) -> int:
    from loopwell.config.commands.setting_up import prepare

    prepare()
    return 0
