"""An invented bureau for trying things out: 云泽市水务局, its people and a year of its work.

虚构单位：人员、事项均为编造。所有事项都由真实的办理动作产生。
"""
