"""What grassroots units need and what the house lacks: two registers, from source to result.

基层需求与全局缺口：谁提、要什么、何时要、怎么答复、满意不满意；缺什么、向谁要、凭哪份文、批了多少、到了多少。
"""
